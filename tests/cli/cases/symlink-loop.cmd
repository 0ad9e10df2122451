setup: mkdir loop && ln -s loop.json loop/loop.json && ln -s .. loop/up
tenure verify loop loop/loop.json
