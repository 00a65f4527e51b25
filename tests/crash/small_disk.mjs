// A small disk of its own for a server: a file system that can be filled, made read-only and broken, seen by nobody
// else. Needs root and Linux; elsewhere SmallDisk.why says what is missing.
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, rmdir, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export class SmallDisk {
  // Why there can be none; undefined: there can.
  static get why() {
    if (process.platform !== 'linux') return 'needs Linux';
    if (process.getuid() !== 0) return 'needs root, to mount a file system';
    const tried = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]);
    return tried.status === 0 ? undefined : 'cannot mount a file system here';
  }
  // Why there can be none of kind ext4.
  static get whyNoExt4() {
    if (SmallDisk.why) return SmallDisk.why;
    if (spawnSync('mkfs.ext4', ['-V']).error) return 'needs mkfs.ext4';
    return spawnSync('losetup', ['-f']).status === 0 ? undefined : 'needs a loop device';
  }

  // An empty one. `kind`: tmpfs or ext4. Everything is gone with remove().
  static async make(megabytes, kind = 'tmpfs') {
    const disk = new SmallDisk();
    disk.path = await mkdtemp(join(tmpdir(), 'dynarock-disk-'));
    // The mounts live in the name space of this process, and die with it.
    disk.holder = spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', 'echo; exec cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    disk.holder.unref();
    await once(disk.holder.stdout, 'data');
    if (kind === 'tmpfs') {
      disk.run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk.path);
    } else {
      disk.image = `${disk.path}.image`;
      await writeFile(disk.image, '');
      await truncate(disk.image, megabytes << 20);
      disk.run('mkfs.ext4', '-q', '-m', '0', disk.image);
      disk.run('mount', '-o', 'loop', disk.image, disk.path);
    }
    return disk;
  }

  // The words to put before a command, so that it sees the disk.
  get through() {
    return ['nsenter', '-m', '-t', String(this.holder.pid), '--'];
  }
  run(...command) {
    const [name, ...args] = [...this.through, ...command];
    const {status, stderr, stdout} = spawnSync(name, args, {encoding: 'utf8'});
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
    return stdout;
  }

  // Takes all the space that is left.
  fill() {
    const [name, ...args] = [...this.through, 'dd', 'if=/dev/zero', `of=${this.path}/ballast`, 'bs=64k'];
    spawnSync(name, args); // fails at the end, of course
    spawnSync(name, [...this.through.slice(1), 'dd', 'if=/dev/zero', `of=${this.path}/crumbs`, 'bs=512']);
  }
  // Gives it back.
  free() {
    this.run('rm', '-f', `${this.path}/ballast`, `${this.path}/crumbs`);
  }

  async remove() {
    spawnSync(this.through[0], [...this.through.slice(1), 'umount', '-l', this.path]);
    this.holder.kill('SIGKILL');
    if (this.image) await rm(this.image, {force: true});
    await rmdir(this.path).catch(() => {});
  }
}
