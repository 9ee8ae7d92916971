# Front Row in a container: nothing but what it runs on, as a user who owns nothing, on a file system that it cannot write.
# The steps between "step:" and "end of step" are run by tests/test_container.py in a plain folder, too.

FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock ./
# step: requirements
RUN python -m venv /app && \
    /app/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
# end of step
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY cogs ./cogs
COPY data ./data
# step: application
RUN /app/bin/python -c "import shutil, sysconfig; site = sysconfig.get_path('purelib'); \
    shutil.copytree('bot', site + '/bot'); shutil.copytree('cogs', site + '/cogs'); shutil.copytree('data', site + '/bot/data')" && \
    /app/bin/python -m compileall -q /app
# end of step

FROM python:3.12-slim
# Fonts for pictures, and PostgreSQL's own programs for its backups.
RUN apt-get update && \
    apt-get install --yes --no-install-recommends fonts-noto-core fonts-noto-color-emoji postgresql-client && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin frontrow && \
    install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/front-row.db \
    BACKUP_FOLDER=/data/backups \
    LOG_FORMAT=json \
    METRICS_PORT=9464
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
