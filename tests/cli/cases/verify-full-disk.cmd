stdout: /dev/full
tenure verify --engine explicit -p leak examples/02-leak.json
