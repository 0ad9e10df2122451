# the tree is of another version than the spec and the kernel model are
setup: cp -r lint/tree tree && sed -i 's/= 3/= 4/' tree/Makefile
tenure lint --specs lint/specs --tree tree lint/toy.json
