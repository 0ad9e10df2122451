tenure verify --engine explicit --format json --property leak --property double-free examples/02-leak.json
