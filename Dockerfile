# One stage per service; each image holds only its own code and dependencies.
# Build one: docker build --target parse --tag jixiao/parse .
# hadolint global ignore=DL3008
FROM debian:bookworm-slim AS python
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --home-dir /home/jixiao jixiao
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

# Dependencies are installed from the groups of pyproject.toml, pinned by constraints.txt.
# A machine with a package mirror or a certificate of its own passes them as build secrets.
FROM python AS installer
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/* \
 && python3 -m venv /venv
COPY deploy/install.sh /usr/local/bin/
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh pip==26.3
COPY pyproject.toml constraints.txt ./

FROM installer AS ingest-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-ingest

FROM installer AS ocr-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-ocr

FROM installer AS parse-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-parse

FROM installer AS index-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-index

FROM installer AS reconciler-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-reconciler

FROM installer AS search-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-search

FROM installer AS command-libraries
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=ca,target=/run/ca.pem \
    install.sh --constraint constraints.txt --group image-command

FROM python AS ingest
COPY --from=ingest-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/ingest services/ingest
USER 10001
# Celery stops softly on SIGQUIT: what is being worked on is finished or given back.
ENV REMAP_SIGTERM=SIGQUIT
CMD ["celery", "--app", "services.ingest.worker", "worker", "--concurrency", "2"]

FROM python AS ocr
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-chi-sim libglib2.0-0 \
 && rm -rf /var/lib/apt/lists/*
COPY --from=ocr-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/ocr services/ocr
USER 10001
ENV REMAP_SIGTERM=SIGQUIT OMP_THREAD_LIMIT=1
CMD ["celery", "--app", "services.ocr.worker", "worker", "--concurrency", "1"]

FROM python AS parse
COPY --from=parse-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/parse services/parse
USER 10001
ENV REMAP_SIGTERM=SIGQUIT
CMD ["celery", "--app", "services.parse.worker", "worker", "--concurrency", "2"]

FROM python AS index
COPY --from=index-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/index services/index
USER 10001
ENV REMAP_SIGTERM=SIGQUIT
CMD ["celery", "--app", "services.index.worker", "worker", "--concurrency", "1"]

FROM python AS reconciler
COPY --from=reconciler-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/reconciler services/reconciler
COPY deploy/minio deploy/minio
COPY deploy/elasticsearch deploy/elasticsearch
USER 10001
CMD ["python", "-m", "services.reconciler"]

FROM python AS search
COPY --from=search-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/search services/search
USER 10001
CMD ["uvicorn", "--factory", "services.search.start:open_app", "--host", "0.0.0.0", "--port", "8000", "--no-access-log"]

# The command line for these servers: it asks, replays, forgets and rebuilds; reading is the services' work.
FROM python AS command
COPY --from=command-libraries /venv /venv
COPY deploy/app.pth /venv/lib/python3.11/site-packages/
COPY shared shared
COPY services/__init__.py services/
COPY services/ingest services/ingest
# What codes are called in words, in tables for Excel.
COPY services/search/__init__.py services/search/
COPY services/search/words/__init__.py services/search/words/labels.py services/search/words/
COPY jixiao jixiao
USER 10001
ENTRYPOINT ["python", "-m", "jixiao"]

# MinIO left Docker Hub in 2026; its last source is built here. Any other S3 server does as well:
# point JIXIAO_S3_ENDPOINT at it.
FROM golang:1.26-bookworm AS object-store-build
RUN --mount=type=secret,id=ca,target=/run/ca.pem \
    if [ -s /run/ca.pem ]; then export SSL_CERT_FILE=/run/ca.pem; fi; \
    CGO_ENABLED=0 GOBIN=/out go install -trimpath \
    github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c

FROM debian:bookworm-slim AS object-store
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10002 --create-home minio \
 && install --directory --owner minio /data /events
COPY --from=object-store-build /out/minio /usr/local/bin/minio
USER 10002
ENTRYPOINT ["minio"]
CMD ["server", "/data", "--address", ":9000", "--console-address", ":9001"]
