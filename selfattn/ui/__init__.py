"""What several screens share, drawn with Streamlit: state, widgets, controls, charts, jobs."""
