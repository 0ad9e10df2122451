# links to directories are not followed, so that a loop of them ends
setup: mkdir tree && cp examples/02-leak.json tree && ln -s . tree/again
tenure verify --engine explicit -p leak tree
