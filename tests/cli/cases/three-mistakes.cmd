# three mistakes: three located errors, no verdict, also none for the other driver
setup: printf '{"driver": "d", "functions": {\n  "p": {"body": [{"call": "pcim_enable_devise", "into": "ret"},\n                 {"return": "rett"}, {"retrun": 0}]}},\n "callbacks": {"probe": "p"}}\n' > wrong.json
setup: printf '{"driver": "d", "functions": {\n  "p": {"body": [{"call": "pcim_enable_devise", "into": "ret"},\n                 {"return": "rett"}]}},\n "callbacks": {"prob": "p"}}\n' > names.json
tenure verify examples/02-leak.json wrong.json names.json
