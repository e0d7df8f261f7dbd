"""Text to numbers: documents, lexicons, feature blocks and the estimators built on them.

Pure: nothing here writes a file, opens a connection, or imports training or service.
"""

from features.native import prefer_compiled

prefer_compiled()
