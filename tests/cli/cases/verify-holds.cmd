tenure verify --engine explicit examples/11-helpers-and-labels.json
