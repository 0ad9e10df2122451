tenure verify --explain --format json -p leak examples/11-helpers-and-labels.json
