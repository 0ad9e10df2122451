# the same file given twice is checked once
setup: ln -s examples/02-leak.json link.json
tenure verify --engine explicit -p leak -p double-free examples/02-leak.json examples/../examples/02-leak.json link.json
