// Reads scripts as a browser does, and runs none; scripts.py starts it. On standard input
// is JSON: the scripts by their paths, each with its `code` and whether it `isModule`.
// Prints what is wrong as JSON: a list of `[path, line, message]`.
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { posix } from "node:path"
import { Script, SourceTextModule } from "node:vm"

const scripts = JSON.parse(readFileSync(0, "utf8"))
const problems = new Map() // each once, however many scripts lead to it
const tell = (...problem) => problems.set(problem.join(), problem)

// Only Node's own check says on which line a module cannot be read.
function tellWhere(path, { code, isModule }) {
  const type = `--input-type=${isModule ? "module" : "commonjs"}`
  const { stderr } = spawnSync(process.execPath, ["--check", type, "-"], { input: code, encoding: "utf8" })
  const line = Number(/^\[stdin\]:(\d+)/m.exec(stderr)?.[1] ?? 1)
  tell(path, line, `no JavaScript: ${/^SyntaxError: (.*)/m.exec(stderr)?.[1] ?? stderr}`)
}

// The line on which a script imports from a file, or some name from it; 0 if none does.
function lineOf(code, file, name = "") {
  const statement = String.raw`\bimport\b[^"']*\b${name}\b[^"']*["']${RegExp.escape(file)}["']`
  const found = new RegExp(statement).exec(code)
  return found ? code.slice(0, found.index).split("\n").length : 0
}

// Join a module to all that it imports, directly or through others.
async function join(path) {
  const modules = new Map()
  function moduleOf(path) {
    if (!modules.has(path))
      modules.set(path, new SourceTextModule(scripts[path].code, { identifier: path }))
    return modules.get(path)
  }
  await moduleOf(path).link((file, { identifier }) => {
    const place = posix.join(posix.dirname(identifier), file)
    if (place in scripts) return moduleOf(place)
    const line = lineOf(scripts[identifier].code, file)
    tell(identifier, line, `imports ${file}, which is not there; correct the name`)
    throw new Error(place)
  })
}

function tellName(message) {
  const [, file, name] = /module '(.*)' does not provide an export named '(.*)'/.exec(message) ?? []
  for (const [path, { code }] of Object.entries(scripts)) {
    const line = file && lineOf(code, file, name === "default" ? "" : name)
    if (line) tell(path, line, `imports ${name} from ${file}, which does not export it; correct the name, or export it`)
  }
}

for (const [path, script] of Object.entries(scripts))
  try {
    if (script.isModule) new SourceTextModule(script.code)
    else new Script(script.code)
  } catch {
    tellWhere(path, script)
  }
if (!problems.size)
  for (const [path, { isModule }] of Object.entries(scripts))
    if (isModule) await join(path).catch(({ message }) => tellName(message))

console.log(JSON.stringify([...problems.values()]))
