# what would have to be shown is not stated
tenure check-certificate --specs certificates/specs certificates/dropped-conjunct
