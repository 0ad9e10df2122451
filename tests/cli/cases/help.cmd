tenure --help
