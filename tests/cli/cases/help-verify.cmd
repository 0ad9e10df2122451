tenure verify --help
