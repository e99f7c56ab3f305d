const sweepsMax = 60;

/** Eigenvalues and unit eigenvectors of a symmetric matrix, largest first, by Jacobi rotations (Golub and Van Loan, section 8.5). */
export function symmetricEigen(matrix: readonly Float64Array[]): { value: number; vector: Float64Array }[] {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
  const at = (m: Float64Array[], i: number, j: number) => m[i]?.[j] ?? 0;
  const put = (m: Float64Array[], i: number, j: number, value: number) => {
    const row = m[i];
    if (row !== undefined) row[j] = value;
  };
  for (let sweep = 0; sweep < sweepsMax; sweep += 1) {
    let off = 0;
    for (let p = 0; p < n; p += 1) for (let q = p + 1; q < n; q += 1) off += at(a, p, q) ** 2;
    if (off < 1e-18) break;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        if (Math.abs(at(a, p, q)) < 1e-15) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * at(a, p, q));
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k += 1) {
          const kp = at(a, k, p);
          const kq = at(a, k, q);
          put(a, k, p, c * kp - s * kq);
          put(a, k, q, s * kp + c * kq);
        }
        for (let k = 0; k < n; k += 1) {
          const pk = at(a, p, k);
          const qk = at(a, q, k);
          put(a, p, k, c * pk - s * qk);
          put(a, q, k, s * pk + c * qk);
          const vp = at(v, k, p);
          const vq = at(v, k, q);
          put(v, k, p, c * vp - s * vq);
          put(v, k, q, s * vp + c * vq);
        }
      }
    }
  }
  return Array.from({ length: n }, (_, i) => ({
    value: at(a, i, i),
    vector: Float64Array.from(v, (row) => row[i] ?? 0),
  })).sort((x, y) => y.value - x.value);
}
