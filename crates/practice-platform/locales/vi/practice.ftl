site-name = x
