# another version is a warning: what matters is whether the lines are right
setup: cp -r lint/tree tree && sed -i 's/= 3/= 4/' tree/Makefile
tenure lint --specs lint/specs --tree tree lint/toy.json
