"""Where vectors come from: sets with title and source, files, gensim's catalogue, training, and questions to a set."""
