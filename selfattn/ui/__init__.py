"""The only folder that imports Streamlit: state, controls, charts, and the frame around every page."""
