// What docker/Dockerfile says of the image that is its last stage, or of a stage by name.
import {readFileSync} from 'node:fs';

const FILE = new URL('../../docker/Dockerfile', import.meta.url);

// {env, user, workdir, entrypoint, healthcheck, volumes, ports} of a stage.
export function imageConfig(stage = null) {
  const lines = readFileSync(FILE, 'utf8').replaceAll('\\\n', ' ').split('\n').filter((line) => !line.startsWith('#'));
  const stages = [];
  for (const line of lines) {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push({name: / AS (\S+)$/.exec(rest)?.[1], instructions: []});
    else if (word && stages.length) stages.at(-1).instructions.push([word, rest]);
  }
  const found = stage === null ? stages.at(-1) : stages.find(({name}) => name === stage);
  const all = (word) => found.instructions.filter(([name]) => name === word).map(([, rest]) => rest);
  return {
    env: Object.fromEntries(all('ENV').flatMap((line) => line.split(/\s+/)).map((pair) => pair.split('='))),
    user: all('USER').at(-1),
    workdir: all('WORKDIR').at(-1),
    entrypoint: JSON.parse(all('ENTRYPOINT').at(-1)),
    healthcheck: JSON.parse(/CMD (\[.*\])$/.exec(all('HEALTHCHECK').at(-1))[1]),
    volumes: all('VOLUME').flatMap((line) => JSON.parse(line)),
    ports: all('EXPOSE').map(Number),
  };
}
