# the kernel model alone, and not its tree
setup: cp -r lint/tree tree && sed -i 's/= 3/= 4/' tree/Makefile
tenure lint --specs lint/specs --tree tree --format json
