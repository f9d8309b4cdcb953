"""What a page is: read in the same way by the site build and by the checker."""
