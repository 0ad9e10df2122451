# the specs of a version compared with a later one, and a tree without a version
setup: cp -r lint/tree tree && sed -i 's/= 3/= 4/' tree/Makefile && sed -i '34s/.*//' tree/drivers/toy.c
setup: mkdir -p parts/drivers && cp lint/tree/drivers/toy.c parts/drivers && sed 's/"linux-1.2.3"/"linux-0a1b2c3d", "model": &/; s/"toy"/"toy-part"/' lint/toy.json > part.json
tenure lint --specs lint/specs --tree linux-1.2.3=tree --tree linux-0a1b2c3d=parts lint/toy.json part.json
