# each spec is compared with the tree that it names: one agrees, one has a call too many, the tree of one is not given
setup: cp -r lint/tree tree && sed -i 's/= 3/= 4/' tree/Makefile && sed -i '34s/.*//' tree/drivers/toy.c
setup: sed 's/"linux-1.2.3"/"linux-1.2.4", "model": &/; /"driver"/s/toy/toy-4/' lint/toy.json > toy-4.json
setup: sed 's/"linux-1.2.3"/"linux-1.2.5", "model": &/; /"driver"/s/toy/toy-5/' lint/toy.json > toy-5.json
tenure lint --specs lint/specs --tree lint/tree --tree tree lint/toy.json toy-4.json toy-5.json
