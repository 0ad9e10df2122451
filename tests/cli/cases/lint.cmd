# all is reached
tenure lint specs/drivers/minimal examples/02-leak.json
