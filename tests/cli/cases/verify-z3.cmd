tenure verify --property leak --property double-free examples/02-leak.json
