# colours on a terminal
stdout: terminal
tenure verify --engine explicit -p leak -p double-free examples/02-leak.json
