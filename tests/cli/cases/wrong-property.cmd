tenure verify --property leek examples/02-leak.json
