# the kernel model of a later tree: the lines that its patches left alone are brought over, the one that they cite is wrong
setup: cp -r lint/specs specs2 && cp -r lint/tree later && sed -i 's/= 3/= 4/' later/Makefile && sed -i '8i // Opens a box.' later/lib/box.c && sed -i 's/"linux-1.2.3": .*\]/&, "linux-1.2.4": {"upon": "linux-1.2.3", "lines": "lines.json", "patches": ["4.json"]}/' specs2/kernel/semantics.json
setup: echo '{"lines": {"lib/box.c": [[8, 9]]}}' > specs2/kernel/lines.json
setup: echo '{"changes": [{"file": "kernel/toys.json", "patch": [{"op": "replace", "path": "/functions/box_size/body/0/at", "value": 11}]}]}' > specs2/kernel/4.json
setup: sed 's/1.2.3/1.2.4/' lint/toy.json > toy.json
tenure lint --specs specs2 --tree lint/tree --tree later lint/toy.json toy.json
