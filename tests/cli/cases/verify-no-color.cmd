# NO_COLOR is respected
env: NO_COLOR=1
stdout: terminal
tenure verify --engine explicit -p leak -p double-free examples/02-leak.json
