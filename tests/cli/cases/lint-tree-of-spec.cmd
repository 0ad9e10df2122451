# the spec agrees with its tree; that of the kernel model is not given, which was not asked about
setup: cp -r lint/tree tree && sed -i 's/= 3/= 4/' tree/Makefile && sed 's/"linux-1.2.3"/"linux-1.2.4", "model": &/' lint/toy.json > toy.json
tenure lint --specs lint/specs --tree tree toy.json
