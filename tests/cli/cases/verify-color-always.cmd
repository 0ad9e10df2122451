env: NO_COLOR=1
tenure verify --engine explicit --color always -p leak examples/02-leak.json
