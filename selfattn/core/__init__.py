"""What a notebook imports: attention, its settings, sentences, contextual vectors, senses. No Plotly, no Streamlit."""
