tenure verify --explain -p leak -p double-free examples/11-helpers-and-labels.json
