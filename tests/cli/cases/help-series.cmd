tenure series --help
