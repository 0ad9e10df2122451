tenure verify --semantics older --specs specs examples/02-leak.json
