tenure verify --propery leak examples/02-leak.json
