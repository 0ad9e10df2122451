tenure compare --help
