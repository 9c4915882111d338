import sys

sys.path[:0] = ["benchmarks", "src"]
import time

import numpy as np
from scipy.sparse import csr_array

from bench_opinion import conversation
from miteinander.analysis.opinion.votes import from_arrays

V = from_arrays(*conversation(300000))
d = V.value.astype(np.float32)
s = V.starts
for st in (s, s.astype(np.int32)):
    t = time.process_time()
    M = csr_array((d, V.statement, st), shape=V.shape)
    print(
        st.dtype,
        M.indices.dtype,
        np.shares_memory(M.indices, V.statement),
        np.shares_memory(M.data, d),
        time.process_time() - t,
    )
