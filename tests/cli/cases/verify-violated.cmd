# one line per property, a summary, then the trace
tenure verify --engine explicit examples/02-leak.json
