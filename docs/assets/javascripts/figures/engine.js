// The engine of snippets/line/engine.py: the same data, parents, local derivatives and
// order of the walk back.

export class Value {
  constructor(data, parents = [], localGrads = []) {
    Object.assign(this, { data, parents, localGrads, grad: 0 })
  }

  add(other) {
    other = other instanceof Value ? other : new Value(other)
    return new Value(this.data + other.data, [this, other], [1, 1])
  }

  mul(other) {
    other = other instanceof Value ? other : new Value(other)
    return new Value(this.data * other.data, [this, other], [other.data, this.data])
  }

  pow(power) {
    return new Value(this.data ** power, [this], [power * this.data ** (power - 1)])
  }

  // Returns the shares in the order in which they were added.
  backward() {
    const order = this.graph()
    for (const value of order) if (value.parents.length) value.grad = 0
    this.grad += 1
    const shares = []
    for (const value of order.reverse())
      value.parents.forEach((parent, i) => {
        const local = value.localGrads[i]
        const share = local * value.grad
        shares.push({ value, parent, local, share, before: parent.grad })
        parent.grad += share
      })
    return shares
  }

  graph() {
    const order = []
    const seen = new Set()
    const stack = [[this, false]]
    while (stack.length) {
      const [value, parentsListed] = stack.pop()
      if (parentsListed) order.push(value)
      else if (!seen.has(value)) {
        seen.add(value)
        stack.push([value, true], ...value.parents.map(parent => [parent, false]))
      }
    }
    return order
  }
}
