//! The words of Spanish tables.

use super::super::voice::Labels;

pub(super) const LABELS: Labels = Labels {
    regions: "Regiones",
    networks: "Redes",
    subnets: "Subredes",
    services: "Servicios",
    outside: "Fuera de AWS",
    name: "Nombre",
    role: "Papel",
    zones: "Zonas",
    place: "Lugar",
    cidr: "CIDR",
    access: "Acceso",
    kind: "Tipo",
    scaling: "Escalado",
    purpose: "Finalidad",
    public: "pública",
    private: "privada",
    active: "activa",
    passive: "pasiva",
    loss: "Sin",
    everything: "todo",
    flow: "Flujo",
    bound: "Cota",
    unknown: "Sin cifra",
    figure: "Cifra",
    conditions: "Condiciones",
    source: "Fuente",
    stated: "según el autor",
    failures: "Qué pasa con cada flujo cuando algo falla: *continúa* si no pierde nada, queda *degradado* si pierde \
        capacidad o una reserva, y *caído* si algún paso se queda sin camino. De los componentes figuran \
        aquellos de los que algún flujo no puede prescindir.",
    assumptions: "Las cotas se basan en estas cifras, por debajo de las cuales AWS compensa el mes con créditos.",
    availability: "Lo máximo que cabe esperar de cada flujo según los compromisos publicados para sus partes. Es una \
        cota y no una promesa: lo que no tiene cifra, el código propio y las conexiones entre las partes \
        solo pueden bajarla.",
};
