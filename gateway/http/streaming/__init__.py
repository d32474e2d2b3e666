"""Answers in several parts: Server-Sent Events, multipart, WebSocket."""
