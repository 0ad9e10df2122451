tenure verify --engine z3 --property leak --property double-free examples/02-leak.json specs/drivers/minimal
