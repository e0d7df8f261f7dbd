# The service and nothing else: no training code, no MLflow, no compiler, no root.
# What reads texts is compiled in the first stage, which has a C compiler; the second has the same Python.

FROM python:3.11 AS build
COPY requirements/service.txt requirements/native.txt /tmp/
RUN python -m venv /opt/stance \
 && /opt/stance/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/service.txt \
 && /opt/stance/bin/pip install --no-cache-dir --require-hashes --only-binary :all: --target /opt/native -r /tmp/native.txt
WORKDIR /srv
COPY pyproject.toml ./
COPY features ./features
RUN mkdir -p build && PYTHONPATH=/opt/native /opt/stance/bin/python -m features.native \
 && /opt/stance/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin stance \
 && install -d -o 10001 /data
COPY --from=build /opt/stance /opt/stance
COPY features /srv/features
COPY --from=build /srv/build /srv/build
COPY service /srv/service
COPY models /bundle
RUN /opt/stance/bin/python -m compileall -q /srv

ENV PATH=/opt/stance/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    MKL_NUM_THREADS=1 \
    STANCE_BUNDLE=/bundle \
    STANCE_FEEDBACK_URL=sqlite:////data/feedback.db \
    STANCE_HOST=0.0.0.0 \
    STANCE_LAST_GOOD_FILE=/data/last-good \
    STANCE_PORT=8000
WORKDIR /srv
USER 10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['STANCE_PORT']}/readyz\", timeout=2)"]
CMD ["python", "-m", "service"]
